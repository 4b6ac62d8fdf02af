"""A pure solver of project scheduling with resources and time lags: integers only, no dish and no date."""

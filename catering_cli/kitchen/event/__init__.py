"""What follows from the day: staffing, equipment, packing, run of service, food safety, costs, texts."""

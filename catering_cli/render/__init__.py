"""From a plan to each form that people hold."""

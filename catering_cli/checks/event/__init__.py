"""Rules about the event: staffing, equipment, packing, run of service, food safety and costs."""

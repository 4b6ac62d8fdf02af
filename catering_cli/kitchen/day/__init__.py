"""Orders to jobs and back: resources, jobs of dishes and of the event, the timeline, buffers, stress test."""

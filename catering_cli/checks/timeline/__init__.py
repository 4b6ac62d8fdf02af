"""Rules about the day: blocks, capacity, precedence, windows, holds, buffers and trips."""

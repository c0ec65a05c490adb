"""Benchmarks: fixed inputs, time and memory, ratios taken in one run. ``python -m benchmarks [name …]``."""

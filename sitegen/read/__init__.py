"""Bytes to text: one file at a time, first format that fits. Pure: no disk, no clock, no randomness."""

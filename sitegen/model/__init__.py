"""Frozen values: text and evidence, what one agreement says, findings. Imports nothing of ours."""

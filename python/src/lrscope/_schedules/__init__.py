"""Reads the schedule that a training job declares off the scheduler objects of its libraries."""

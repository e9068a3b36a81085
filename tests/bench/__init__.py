"""Work measured against its physical floor in the same run; figures, never a pass or fail."""

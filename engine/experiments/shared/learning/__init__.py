"""What experiments that learn share: batches, races and schedules."""

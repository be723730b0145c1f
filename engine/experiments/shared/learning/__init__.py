"""Code shared by experiments that train networks: batches, races and schedules."""

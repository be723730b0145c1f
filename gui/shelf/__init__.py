"""The shelf: runs that were pinned, under the transport, to be compared and come back to."""

"""What grows while a network learns: loss and accuracy over the updates."""

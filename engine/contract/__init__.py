"""What every experiment promises, and the parts it is made of."""

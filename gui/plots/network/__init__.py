"""Networks and the matrices behind them."""

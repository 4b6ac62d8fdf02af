"""The proof: rules over (order, plan), their score and rank. Shares no code with the kitchen."""

"""What the house does with several plans, or with a plan on the day.

`week`: several events in one kitchen, planned, printed and proven. `replan`: the rest of a day that went wrong.
`close`: what was measured, kept by the house.
`proven`: what the checker says of a plan that was cooked here.
"""

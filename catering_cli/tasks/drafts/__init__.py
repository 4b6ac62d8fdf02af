"""A drafted recipe for a dish that has none: complete enough to be bought, cooked, held and proven.

wire    the draft as a model writes it, and the recipe that it is
loads   how much food one piece of equipment takes at a time
rules   what makes a draft unfit, each with its place
trial   the draft cooked and checked as a caterer's own recipe is
"""

"""What a plan is made of, in the order in which it is made.

menu, diets             the scaled dishes; who may eat what, and who gets what
handling, safety        what a step does to the safety of its food; control points
shopping                what is bought
timeline                the day, block by block
people                  who is called, and the run of service
"""

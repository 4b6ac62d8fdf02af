"""Quantities and whole recipes in other units, systems and states, in the order of the data.

asked       what a text such as "10 kg onions EP" asks to convert
systems     a quantity in the measures of another system, as a document turned metric or US needs it
convert     the amount in another unit, system or state (AP, EP), with source and doubts
result      what a conversion yields, and the two ways in which it fails
"""

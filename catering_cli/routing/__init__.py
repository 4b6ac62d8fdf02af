"""From a YAML file to who is asked, in the order of the data.

find      which file is read
values    what the file may say, as frozen types; they are its JSON Schema too
config    the file read and checked as a whole
chain     who is asked for one step, in order
"""

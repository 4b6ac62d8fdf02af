"""From a YAML file to who is asked, in the order of the data.

find      which file is read
form      its keys; kinds: the kinds of values, read with their line
values    what the file says, as frozen values
config    the file read and checked as a whole
chain     who is asked for one step, in order
"""

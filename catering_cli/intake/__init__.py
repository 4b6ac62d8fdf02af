"""From a file to a valid typed value, or a refusal that names every problem with its place.

load            what the commands read: an order, a plan, a recipe
json_document   bytes of a file or standard input as a JSON or YAML document
yaml_document   a text as YAML, with the line of each place
json_in_text    JSON objects in a text of words, as models answer
field_errors    a document as a typed value; what pydantic says becomes problems with place, value and remedy
messages        what a client writes before there is an order
settle          a valid order made ready for the kitchen: recipes inlined, prices as supply
house           what the house measures when an event is over, and takes into its next orders
dishes          the names of its menu become whole recipes
contradictions  what does not fit together in an order
local_times     times without an offset, by the event's time zone
beside          files that an order names: beside it, of a bounded size
supply          prices and stock: vendors' names read, short forms unfolded, a price list in CSV
recipe_file     a recipe in a file beside the order, in our own form or one of these:
  app_export      what recipe apps export as JSON
  schema_org      JSON-LD, as web pages have it
  html_page       the JSON-LD of a saved page, and the text of a piece of HTML
  cooklang        `.cook` files
"""

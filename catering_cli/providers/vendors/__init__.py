"""The vendors.

In the order of the data:

registry          one row for each vendor: a tier's settings come in, its provider comes out
credentials       where a tier's key is looked for
capabilities      what a model accepts, and how a request is fitted to it
strict_schema     the schema of an answer as strict modes take it
anthropic         the Messages API; openai: Responses and chat completions; scripted: answers from a file
sdk_client        the shared client of a vendor's SDK; transport_guard bounds what a server may do
http              one exchange under our deadline; failures: the fault behind each; http_headers: what they say of load
lenient           what a model turns out not to take is left out, once and for the run
response          reading a vendor's body without trusting it; server_events: a body that came as a stream
"""

"""The drawing service, embedded: the dialect of DashScope with no key, no network and no cost.

`app.create_app` is the service as an ASGI application, `serve.serve` runs it on a port. The pictures are painted by
rules. Nothing is imported here, so that a session that never paints offline pays for none of it.
"""

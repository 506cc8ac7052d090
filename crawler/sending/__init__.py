"""Sends what waits in the outbox: each subscription on a thread of its own, so that none waits for another and no crawl for any.

A channel is a function: a message and its surroundings in, a receipt out.
"""

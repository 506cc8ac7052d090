"""Fetches the documents that are due, politely and under guard. The only part of Clausewatch that touches the network."""

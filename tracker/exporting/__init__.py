"""The history for other tools: tables as JSON Lines or CSV, and the looks as a WARC file."""

"""What stands between an unattended crawler and the network: addresses, robots.txt, headers, limits, and names for what goes wrong."""

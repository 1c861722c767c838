"""The network, politely: one client, its limits, and the checks every request passes."""

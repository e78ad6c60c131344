"""The project's own API: practices as OSUMI means them, under `/api/v1/`."""

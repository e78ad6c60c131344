"""The practices for harvesters: OAI-PMH 2.0 with Dublin Core.

Source: https://www.openarchives.org/OAI/openarchivesprotocol.html.
"""

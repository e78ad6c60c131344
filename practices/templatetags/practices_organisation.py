"""What the host site calls itself, in templates."""

from django import template

from practices import organisation
from practices.outlets.lists import site_name

register = template.Library()
register.simple_tag(organisation.collection_name, name="collection_name")
register.simple_tag(organisation.organisation, name="organisation")
register.simple_tag(organisation.secretariat, name="secretariat")
register.simple_tag(organisation.secretariat_label, name="secretariat_label")
register.simple_tag(site_name)

import os

import kombu.transport.redis  # noqa: F401 - the first approval after a start must not pay for this import
from django.core.wsgi import get_wsgi_application

from ehr.production import refuse_without_secrets

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ehr.settings")
application = get_wsgi_application()
refuse_without_secrets()

"""python -m ehr.up '{"web": ["gunicorn", …]}': watches the processes. Without Django, which would lie in memory unused."""

import json
import sys

from ehr.up.supervisor import Supervisor

if __name__ == "__main__":
    supervisor = Supervisor(json.loads(sys.argv[1]))
    supervisor.listen()
    sys.exit(supervisor.run())

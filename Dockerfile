# One image for web, worker and beat. Built in two steps: Node and the compiler of messages stay behind.
FROM node:22-bookworm-slim AS front
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY frontend frontend
COPY ehr/static ehr/static
RUN npm run build

FROM python:3.11-slim-bookworm AS product
ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 EHR_VAR_DIR=/var/lib/ehr PATH=/venv/bin:$PATH
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        fonts-noto-cjk libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 gettext \
    && rm -rf /var/lib/apt/lists/*
RUN useradd --system --create-home --home-dir /var/lib/ehr ehr
WORKDIR /app
COPY requirements/base.txt requirements/base.txt
RUN python -m venv /venv && pip install --no-cache-dir --require-hashes -r requirements/base.txt
COPY . .
COPY --from=front /app/ehr/static/vendor ehr/static/vendor
RUN for po in */locale/*/LC_MESSAGES/*.po; do msgfmt --check-format -o "${po%.po}.mo" "$po"; done
USER ehr
RUN mkdir /var/lib/ehr/media /var/lib/ehr/checkpoints
RUN python manage.py collectstatic --no-input --ignore 'ehr/css/*' --ignore 'ehr/js/*' \
    && python -m whitenoise.compress --quiet /var/lib/ehr/static
EXPOSE 8000
CMD ["gunicorn", "ehr.wsgi", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", "--workers", "1", "--threads", "4", "--graceful-timeout", "5", "--keep-alive", "5", "--log-level", "warning"]

# The bot alone. Documents and state live in volumes:
#   docker build -t passo .
#   docker run --env-file .env -v ./docs_store:/app/docs_store -v passo-state:/app/var passo
FROM python:3.12-slim

WORKDIR /app
COPY requirements.lock ./
RUN pip install --no-cache-dir --no-deps --require-hashes --requirement requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY bot ./bot
COPY retrieval ./retrieval
COPY docs_store ./docs_store
RUN useradd --create-home passo && mkdir -p var && chown -R passo var docs_store
USER passo
CMD ["python", "-m", "bot"]

# The image of the API, the worker and the migration: built from the lock file, run as a plain user.
FROM node:20-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
# No package needs its install script here: what they would make or download serves the embedded stack only.
RUN npm ci --ignore-scripts --no-fund --no-audit
COPY . .
RUN node dev/build.mjs && npm prune --omit=dev --ignore-scripts --no-fund --no-audit

FROM node:20-slim
ENV NODE_ENV=production TZ=UTC
WORKDIR /app
# Where volumes for the files of cases and for signed heads are put: the first start takes over who may write there.
RUN install --directory --owner=node --group=node --mode=0700 /files /heads
# Owned by root: the service cannot change its own code.
COPY --from=build /app ./
USER node
CMD ["node", "dist/web/main.js"]

# Builds JavaScript from the sources, then keeps only what serving needs.
#
# The base is pinned by the digest of its index (amd64 and arm64 alike): a tag can be moved. For a newer one:
#   docker buildx imagetools inspect node:24-slim
ARG BASE=node:24.21.0-slim@sha256:0e0ff40c39bc087845bfb27465a0df4ea419520094bc35842ff83dd8cbe6f9b6

FROM ${BASE} AS build
WORKDIR /app
COPY package.json package-lock.json ./
# No package runs anything of its own here: koffi, the only one of the served that would, brings a binary ready-made.
RUN npm ci --ignore-scripts
COPY tsconfig.json tsconfig.build.json ./
COPY src ./src
RUN npm run build && npm prune --omit=dev --ignore-scripts

FROM ${BASE}
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
# node's own: a checkout made under umask 077 has files that only their owner may read.
COPY --chown=node package.json LICENSE README.md ./
COPY --chown=node config ./config
COPY --chown=node docs ./docs
COPY --chown=node geoip-data ./geoip-data
# Docker lets every user of a container bind ports below 1024 (net.ipv4.ip_unprivileged_port_start=0).
RUN mkdir /app/state && chown node /app/state
USER node
ENV STATE_DIRECTORY=/app/state
VOLUME ["/app/config", "/app/geoip-data", "/app/state"]
EXPOSE 53/udp 53/tcp 8053/tcp
# As many seconds as the first probe round may take, and some.
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:8053/readyz').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "dist/cli/main.js"]
CMD ["serve", "config/geosteer.yaml"]

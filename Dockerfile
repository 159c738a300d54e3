# Builds JavaScript from the sources, then keeps only what serving needs.
FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci
COPY tsconfig.json tsconfig.build.json ./
COPY src ./src
RUN npm run build && npm prune --omit=dev

FROM node:24-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
# node's own: a checkout made under umask 077 has files that only their owner may read.
COPY --chown=node package.json LICENSE README.md ./
COPY --chown=node config ./config
COPY --chown=node geoip-data ./geoip-data
# Docker lets every user of a container bind ports below 1024 (net.ipv4.ip_unprivileged_port_start=0).
USER node
VOLUME ["/app/config", "/app/geoip-data"]
EXPOSE 53/udp 53/tcp 8053/tcp
# As many seconds as the first probe round may take, and some.
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:8053/readyz').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "dist/cli/main.js"]
CMD ["serve", "config/geosteer.yaml"]

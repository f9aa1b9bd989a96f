# The image of Peering Desk: the bundled server, the files of the web app, and the npm packages of the server.
# Nothing is built or installed at start. `docs/operate.md` says how to run it.
#
#   docker build --tag peering-desk .
#
# With an npm registry of your own: --secret id=npmrc,src=$HOME/.npmrc

FROM node:24-slim AS build
ENV CI=true
WORKDIR /src
COPY . .
RUN --mount=type=secret,id=npmrc,target=/root/.npmrc \
    npm install --global pnpm@12.21.0
RUN --mount=type=secret,id=npmrc,target=/root/.npmrc \
    pnpm install --frozen-lockfile --filter "@peering-desk/web..." --filter "@peering-desk/bff..."
ENV pnpm_config_verify_deps_before_run=false
ARG VERSION=unknown
ARG REVISION=unknown
RUN BUILD_VERSION="${VERSION}" BUILD_REVISION="${REVISION}" pnpm build
# Production dependencies only, without the parts of packages that no server runs. The bundle has what is used of AWS's SDK.
RUN --mount=type=secret,id=npmrc,target=/root/.npmrc \
    pnpm --filter @peering-desk/bff deploy --legacy --prod /server \
 && rm -rf /server/src /server/test /server/vite.config.ts /server/tsconfig*.json \
 && find /server/node_modules -type f -regextype egrep -regex '.*\.(map|[mc]?ts|(test|spec)\.[mc]?js)' -delete \
 && find /server/node_modules -type d -regextype egrep -regex '.*/(tests?|specs?|__tests__)' -prune -exec rm -rf {} + \
 && find /server/node_modules -type d -regextype egrep -regex '.*/cedar-wasm/(esm|web)' -prune -exec rm -rf {} + \
 && find /server/node_modules -type d -regextype egrep -regex '.*/node_modules/(@aws|@aws-sdk|@smithy|\.pnpm/(@aws|@smithy|bowser|tslib)[^/]*)' -prune -exec rm -rf {} +

FROM node:24-slim
ARG VERSION=unknown
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Peering Desk" \
      org.opencontainers.image.description="Create and follow MongoDB Atlas network peering connections" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.base.name="docker.io/library/node:24-slim" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    PORT=8080 \
    DATA_DIR=/data
WORKDIR /app/apps/bff
COPY LICENSE /app/
COPY --from=build /server/ ./
COPY --from=build /src/apps/bff/dist/ ./dist/
COPY --from=build /src/apps/web/dist/ ../web/dist/
COPY --from=build /src/apps/web/dist-server/ ../web/dist-server/
# Only an installation with SQLite writes here: mount a volume. With PostgreSQL nothing is written at all.
RUN install --directory --owner=1000 --group=1000 --mode=700 /data
USER 1000:1000
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/readyz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--max-semi-space-size=4", "dist/main.js"]

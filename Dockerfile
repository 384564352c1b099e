# Each step is a command that also runs outside a container: scripts/deploy-steps.mjs does so.
FROM node:22-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
COPY shared/package.json shared/
COPY signal-server/package.json signal-server/
COPY client/package.json client/
COPY e2e/package.json e2e/
COPY bench/package.json bench/
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY . .
RUN npm run build

# The server is one folder that needs no packages; the one binary in it is of the platform that built it.
FROM node:22-slim
USER node
WORKDIR /home/node
RUN mkdir -p data
COPY --from=build /app/LICENSE /app/THIRD-PARTY-NOTICES.md ./
COPY --from=build /app/signal-server/dist signal-server/dist
COPY --from=build /app/client/dist client/dist
ENV NODE_ENV=production
ENV PORT=3000
ENV DATA_DIR=data
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=5s CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/health').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "signal-server/dist/main.js"]

# The forecaster's image: no shell, no package manager, no root.
#
#   docker build --tag forecaster .
#   docker buildx build --platform linux/amd64,linux/arm64 --tag REGISTRY/forecaster:0.1.0 --push .
#
# BUILD_IMAGE and RUNTIME_IMAGE may be replaced by copies, or pinned by digest. The runtime image needs the ASP.NET Core
# runtime and glibc 2.28: librdkafka brings the rest, OpenSSL included. On amd64 its first build also asks for libsasl2,
# which chiselled images lack, and the second one, centos8-librdkafka.so, is loaded; keep them all.
ARG BUILD_IMAGE=mcr.microsoft.com/dotnet/sdk:10.0
ARG RUNTIME_IMAGE=mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled

# Builds on the machine's own processor: what is published is the same files for all.
FROM --platform=$BUILDPLATFORM ${BUILD_IMAGE} AS build
WORKDIR /source

# What restore needs comes first, so that a change of code does not restore anew.
COPY global.json Directory.Build.props Directory.Packages.props ./
COPY src/Inference/Inference.csproj src/Inference/packages.lock.json src/Inference/
COPY src/Training/Training.csproj src/Training/packages.lock.json src/Training/
COPY src/Daemon/Daemon.csproj src/Daemon/packages.lock.json src/Daemon/
RUN dotnet restore src/Daemon --locked-mode

COPY src src
COPY data data
RUN dotnet publish src/Daemon --no-restore --configuration Release --output /app \
    -p:ContinuousIntegrationBuild=true -p:DebugType=none -p:UseAppHost=false \
    && rm -rf /app/runtimes/osx-* /app/runtimes/win-*

FROM ${RUNTIME_IMAGE}
ARG REVISION=unknown
ARG VERSION=0.1.0
LABEL org.opencontainers.image.title="Streaming Forecaster" \
      org.opencontainers.image.description="Forecasts many time series on Kafka after every event, with an LSTM that keeps learning." \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"

WORKDIR /app
COPY --from=build /app .

# No socket for debuggers, nothing written below /app; /tmp may be missing or read-only, too.
ENV DOTNET_EnableDiagnostics=0 \
    DOTNET_NOLOGO=1
USER 1654:1654
EXPOSE 9464
ENTRYPOINT ["dotnet", "/app/forecaster.dll"]
CMD ["run"]

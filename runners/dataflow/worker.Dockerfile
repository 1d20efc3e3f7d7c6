# What the workers of evaluate and rerank run in, where they have GPUs: the trainer's image, which brings CUDA and libtorch, and
# Beam's own start program for workers. From the root of the repository, after the trainer's image (runners/trainer/README.md):
#   docker build -t REGION-docker.pkg.dev/PROJECT/bisift/worker:0.1.0 --build-arg TRAINER=REGION-docker.pkg.dev/PROJECT/bisift/trainer:0.1.0 \
#       -f runners/dataflow/worker.Dockerfile runners/dataflow
ARG BEAM=apache/beam_java17_sdk:2.70.0
ARG TRAINER
FROM ${BEAM} AS beam
FROM ${TRAINER}
COPY --from=beam /opt/apache/beam /opt/apache/beam
# the service mounts what it shares with a worker as root, and sets the rest
USER root
WORKDIR /
ENTRYPOINT ["/opt/apache/beam/boot"]
CMD []

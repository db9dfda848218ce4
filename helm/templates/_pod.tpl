{{/* The container's start: a command, reading the mounted configuration and secrets: (dict "root" $ "command" (list …)). */}}
{{- define "forecaster.container" -}}
image: {{ include "forecaster.image" .root }}
imagePullPolicy: {{ .root.Values.image.pullPolicy }}
args:
  {{- toYaml .command | nindent 2 }}
  - --config
  - /etc/forecaster/config/config.json
env:
  - name: POD_NAME
    valueFrom:
      fieldRef:
        fieldPath: metadata.name
  - name: FORECASTER__Kafka__InstanceId
    value: $(POD_NAME)
  {{- if has "run" .command }}
  - name: FORECASTER__Http__AdvertisedUrl
    value: {{ include "forecaster.advertisedUrl" .root }}
  {{- end }}
  {{- if include "forecaster.secretSources" .root | trim }}
  - name: FORECASTER_SECRETS
    value: {{ include "forecaster.secretsPath" .root }}
  {{- end }}
  {{- with .root.Values.extraEnv }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
resources:
  {{- toYaml .root.Values.resources | nindent 2 }}
securityContext:
  {{- toYaml .root.Values.securityContext | nindent 2 }}
volumeMounts:
  - name: config
    mountPath: /etc/forecaster/config
    readOnly: true
  {{- if include "forecaster.secretSources" .root | trim }}
  - name: secrets
    mountPath: {{ include "forecaster.secretsPath" .root }}
    readOnly: true
  {{- end }}
  - name: tmp
    mountPath: /tmp
  {{- with .root.Values.extraVolumeMounts }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- end }}

{{/* Volumes of a pod: (dict "root" $ "configMap" NAME). */}}
{{- define "forecaster.volumes" -}}
- name: config
  configMap:
    name: {{ .configMap }}
{{- with include "forecaster.secretSources" .root | trim }}
- name: secrets
  projected:
    defaultMode: 288 # 0440
    sources:
      {{- . | nindent 6 }}
{{- end }}
- name: tmp
  emptyDir:
    sizeLimit: 64Mi
{{- with .root.Values.extraVolumes }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{/* Where pods run, and who pulls their image. */}}
{{- define "forecaster.placement" -}}
{{- with .Values.imagePullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- with .Values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{/* A pod that runs one command beside the daemon, then ends: (dict "root" $ "command" (list …) "configMap" NAME). */}}
{{- define "forecaster.commandPod" -}}
restartPolicy: Never
automountServiceAccountToken: false
enableServiceLinks: false
securityContext:
  {{- toYaml .root.Values.podSecurityContext | nindent 2 }}
containers:
  - name: forecaster
    {{- include "forecaster.container" . | nindent 4 }}
volumes:
  {{- include "forecaster.volumes" . | nindent 2 }}
{{- with include "forecaster.placement" .root | trim }}
{{ . }}
{{- end }}
{{- end }}

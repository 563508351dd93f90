// Shows /openapi.json. Nothing is asked of any other host.
SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#reference',
  deepLinking: true,
  validatorUrl: null,
  docExpansion: 'list',
  defaultModelsExpandDepth: 0,
  defaultModelRendering: 'example',
  displayRequestDuration: true,
  filter: true,
  showExtensions: true,
  syntaxHighlight: { theme: 'nord' },
  tryItOutEnabled: false,
  withCredentials: false,
});

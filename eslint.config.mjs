import js from "@eslint/js";
import globals from "globals";

export default [
  { ignores: [".venv*/", "build/"] },
  js.configs.recommended,
  {
    languageOptions: { globals: { ...globals.browser, STYLE: "readonly" } },
    rules: {
      curly: ["error", "multi-line"],
      eqeqeq: "error",
      "max-len": ["error", 120],
      "max-lines": ["error", 350],
      "max-lines-per-function": ["error", 50],
      "no-shadow": ["error", { builtinGlobals: false }],
      "no-var": "error",
      "object-shorthand": "error",
      "prefer-const": "error",
    },
  },
];

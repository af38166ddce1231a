export default {
  root: true,
  extends: ["html-validate:recommended"],
  rules: {
    "doctype-style": ["error", { style: "lowercase" }], // both are valid; pages write it so
    "long-title": "off", // a title begins with the party's full name, however long the agreement prints it
    "valid-id": ["error", { relaxed: true }], // HTML lets an id begin with a digit, as years do
  },
};

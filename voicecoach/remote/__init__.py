"""Control from outside the program: media keys, headset buttons and other players' remotes."""
